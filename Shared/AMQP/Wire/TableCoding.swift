import CRabbitMQ
import Foundation
import Messaging

/// Memory that the library reads while a call lasts: strings and tables of one call. Belongs to one thread.
final class Arena {
    private var pool = amqp_pool_t()

    init() { init_amqp_pool(&pool, 16_384) }

    deinit { empty_amqp_pool(&pool) }

    /// Everything handed out so far becomes invalid.
    func recycle() { recycle_amqp_pool(&pool) }

    func bytes(_ text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    func bytes(_ data: Data) -> amqp_bytes_t {
        data.withUnsafeBytes { copy($0) }
    }

    private func copy(_ source: UnsafeRawBufferPointer) -> amqp_bytes_t {
        guard let start = source.baseAddress, !source.isEmpty else { return amqp_bytes_t(len: 0, bytes: nil) }
        var result = amqp_bytes_t()
        amqp_pool_alloc_bytes(&pool, source.count, &result)
        result.bytes?.copyMemory(from: start, byteCount: source.count)
        return result
    }

    /// In the order of the names, so that the same table is always the same bytes.
    func table(_ entries: [String: HeaderValue]) -> amqp_table_t {
        guard !entries.isEmpty, let memory = allocate(amqp_table_entry_t.self, entries.count) else {
            return amqp_table_t(num_entries: 0, entries: nil)
        }
        for (index, (key, value)) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            memory[index] = amqp_table_entry_t(key: bytes(key), value: field(value))
        }
        return amqp_table_t(num_entries: Int32(entries.count), entries: memory)
    }

    private func array(_ values: [HeaderValue]) -> amqp_array_t {
        guard !values.isEmpty, let memory = allocate(amqp_field_value_t.self, values.count) else {
            return amqp_array_t(num_entries: 0, entries: nil)
        }
        for (index, value) in values.enumerated() { memory[index] = field(value) }
        return amqp_array_t(num_entries: Int32(values.count), entries: memory)
    }

    private func allocate<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T>? {
        amqp_pool_alloc(&pool, MemoryLayout<T>.stride * count)?.bindMemory(to: T.self, capacity: count)
    }

    private func field(_ value: HeaderValue) -> amqp_field_value_t {
        var result = amqp_field_value_t()
        func set(_ kind: amqp_field_value_kind_t) { result.kind = UInt8(truncatingIfNeeded: kind.rawValue) }
        switch value {
        case .text(let text):
            set(AMQP_FIELD_KIND_UTF8)
            result.value.bytes = bytes(text)
        case .integer(let number):
            set(AMQP_FIELD_KIND_I64)
            result.value.i64 = number
        case .bool(let flag):
            set(AMQP_FIELD_KIND_BOOLEAN)
            result.value.boolean = flag ? 1 : 0
        case .double(let number):
            set(AMQP_FIELD_KIND_F64)
            result.value.f64 = number
        case .timestamp(let date):
            set(AMQP_FIELD_KIND_TIMESTAMP)
            result.value.u64 = date.wireSeconds ?? 0
        case .bytes(let data):
            set(AMQP_FIELD_KIND_BYTES)
            result.value.bytes = bytes(data)
        case .list(let values):
            set(AMQP_FIELD_KIND_ARRAY)
            result.value.array = array(values)
        case .table(let entries):
            set(AMQP_FIELD_KIND_TABLE)
            result.value.table = table(entries)
        case .void:
            set(AMQP_FIELD_KIND_VOID)
        }
        return result
    }
}

extension String {
    /// A copy; what is not UTF-8 is replaced.
    init(_ bytes: amqp_bytes_t) {
        self.init(decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len), as: UTF8.self)
    }
}

extension Data {
    init(copying bytes: amqp_bytes_t) {
        self.init(UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len))
    }
}

extension Dictionary where Key == String, Value == HeaderValue {
    /// A copy of a table. Of a name that comes twice, the last value stands.
    init(_ table: amqp_table_t) {
        let entries = UnsafeBufferPointer(start: table.entries, count: Int(table.num_entries))
        self.init(entries.map { (String($0.key), HeaderValue($0.value)) }) { _, last in last }
    }
}

extension HeaderValue {
    /// A copy. Numbers of every width become one kind; a decimal becomes the number that it means.
    init(_ field: amqp_field_value_t) {
        let value = field.value
        switch amqp_field_value_kind_t(rawValue: UInt32(field.kind)) {
        case AMQP_FIELD_KIND_BOOLEAN: self = .bool(value.boolean != 0)
        case AMQP_FIELD_KIND_I8: self = .integer(Int64(value.i8))
        case AMQP_FIELD_KIND_U8: self = .integer(Int64(value.u8))
        case AMQP_FIELD_KIND_I16: self = .integer(Int64(value.i16))
        case AMQP_FIELD_KIND_U16: self = .integer(Int64(value.u16))
        case AMQP_FIELD_KIND_I32: self = .integer(Int64(value.i32))
        case AMQP_FIELD_KIND_U32: self = .integer(Int64(value.u32))
        case AMQP_FIELD_KIND_I64: self = .integer(value.i64)
        case AMQP_FIELD_KIND_U64: self = Int64(exactly: value.u64).map { .integer($0) } ?? .double(Double(value.u64))
        case AMQP_FIELD_KIND_F32: self = .double(Double(value.f32))
        case AMQP_FIELD_KIND_F64: self = .double(value.f64)
        case AMQP_FIELD_KIND_DECIMAL:
            self = .double(Double(value.decimal.value) / pow(10, Double(value.decimal.decimals)))
        case AMQP_FIELD_KIND_UTF8: self = .text(String(value.bytes))
        case AMQP_FIELD_KIND_BYTES: self = .bytes(Data(copying: value.bytes))
        case AMQP_FIELD_KIND_TIMESTAMP: self = .timestamp(Date(timeIntervalSince1970: Double(value.u64)))
        case AMQP_FIELD_KIND_TABLE: self = .table([String: HeaderValue](value.table))
        case AMQP_FIELD_KIND_ARRAY:
            let entries = UnsafeBufferPointer(start: value.array.entries, count: Int(value.array.num_entries))
            self = .list(entries.map { HeaderValue($0) })
        default: self = .void
        }
    }
}
