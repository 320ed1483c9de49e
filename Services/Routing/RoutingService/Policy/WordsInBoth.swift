import Contracts
import Procedure

// Words of the service's own are put together in both languages, each with its own marks.

extension LocalizedText {
    /// What stays the same in every language.
    init(same text: String) { self.init(zhHans: text, en: text) }

    /// `标签：内容`, `Label: content`.
    func labelling(_ content: LocalizedText) -> LocalizedText {
        LocalizedText(zhHans: "\(zhHans)：\(content.zhHans)", en: "\(en): \(content.en)")
    }

    /// One beside the other; nothing stands for what is empty.
    static func listing(_ parts: [LocalizedText?]) -> LocalizedText {
        let parts = parts.compactMap(\.self)
        func joined(_ language: KeyPath<LocalizedText, String>) -> String {
            parts.map { $0[keyPath: language] }.filter { !$0.isEmpty }.joined(separator: " · ")
        }
        return LocalizedText(zhHans: joined(\.zhHans), en: joined(\.en))
    }
}

extension PolicyPack {
    /// What a department is called; its id where the pack does not have it.
    func title(of id: DepartmentID) -> LocalizedText { department(id)?.title ?? LocalizedText(same: id.text) }
}
