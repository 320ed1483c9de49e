import GRDB
import Persistence

/// The tables of Intake.
package enum IntakeMigrations {
    package static func register(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("intake 1") { db in
            try db.execute(sql: tables)
        }
        migrator.registerMigration("intake 2: work orders from above, protected reporters") { db in
            try db.execute(sql: upstreamAndReporters)
        }
        migrator.registerMigration("intake 3: packs by version", migrate: PolicyTable.create)
    }

    /// A work order comes once: its number is unique among those of its channel that were not withdrawn (V01). Who
    /// reported misconduct is in a table that no list reads, with everybody who opened it (W21).
    private static let upstreamAndReporters = """
        ALTER TABLE complaint ADD COLUMN upstreamNumber TEXT;
        CREATE UNIQUE INDEX complaintByUpstream ON complaint (upstreamNumber, channel)
            WHERE upstreamNumber IS NOT NULL AND withdrawnAt IS NULL;

        CREATE TABLE reporter (
            number TEXT PRIMARY KEY NOT NULL REFERENCES complaint (number),
            document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reporterOpening (
            id INTEGER PRIMARY KEY NOT NULL,
            number TEXT NOT NULL REFERENCES reporter (number),
            reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
            openedBy TEXT NOT NULL,
            openedAt TEXT NOT NULL
        ) STRICT;
        CREATE INDEX reporterOpeningByNumber ON reporterOpening (number, id);
        """

    private static let tables = """
        CREATE TABLE dayCounter (
            day TEXT PRIMARY KEY NOT NULL CHECK (length(day) = 8),
            last INTEGER NOT NULL CHECK (last > 0)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE complaint (
            number TEXT PRIMARY KEY NOT NULL,
            channel TEXT NOT NULL,
            registeredAt TEXT NOT NULL,
            phoneKey TEXT,
            emailKey TEXT,
            recordedBy TEXT,
            narrative TEXT NOT NULL,
            document TEXT NOT NULL CHECK (json_valid(document)),
            trackingHash TEXT NOT NULL CHECK (length(trackingHash) = 64),
            settledOutcome TEXT,
            withdrawnAt TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX complaintByTime ON complaint (registeredAt DESC, number DESC);
        CREATE INDEX complaintByPhone ON complaint (phoneKey, registeredAt) WHERE phoneKey IS NOT NULL;
        CREATE INDEX complaintByEmail ON complaint (emailKey, registeredAt) WHERE emailKey IS NOT NULL;

        CREATE TABLE evidence (
            id TEXT PRIMARY KEY NOT NULL,
            number TEXT NOT NULL REFERENCES complaint (number),
            name TEXT NOT NULL,
            mediaType TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            addedAt TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX evidenceByComplaint ON evidence (number, addedAt);

        CREATE TABLE receipt (
            key TEXT PRIMARY KEY NOT NULL,
            fingerprint TEXT NOT NULL,
            number TEXT NOT NULL REFERENCES complaint (number),
            trackingCode TEXT,
            answeredAt TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX receiptByTime ON receipt (answeredAt);

        CREATE TABLE remark (
            id INTEGER PRIMARY KEY NOT NULL,
            number TEXT NOT NULL REFERENCES complaint (number),
            kind TEXT NOT NULL CHECK (kind IN ('supplement', 'chase', 'withdrawal')),
            text TEXT,
            saidBy TEXT,
            saidAt TEXT NOT NULL
        ) STRICT;
        CREATE INDEX remarkByComplaint ON remark (number, id);
        """
}
