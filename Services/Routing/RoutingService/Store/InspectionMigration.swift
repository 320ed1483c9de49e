import GRDB

/// Samples drawn for inspection, what inspections found, and rectification notices (W20).
enum InspectionMigration {
    static func create(in db: Database) throws {
        try db.execute(sql: samples)
        try db.execute(sql: notices)
    }

    private static let samples = """
        CREATE TABLE sample (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            period TEXT NOT NULL,
            draw INTEGER NOT NULL CHECK (draw > 0),
            fromAt DATETIME NOT NULL,
            untilAt DATETIME NOT NULL,
            seed TEXT NOT NULL,
            percent INTEGER NOT NULL,
            -- The numbers that it was drawn from, in order, as JSON: the draw can be repeated for ever.
            population BLOB NOT NULL,
            drawnAt DATETIME NOT NULL,
            drawnBy TEXT NOT NULL,
            UNIQUE (period, draw)
        );
        CREATE TABLE sampled (
            sampleID INTEGER NOT NULL REFERENCES sample (id) ON DELETE CASCADE,
            number TEXT NOT NULL REFERENCES complaint (number) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            result TEXT CHECK (result IN ('inOrder', 'finding')),
            finding TEXT,
            inspectedAt DATETIME,
            inspectedBy TEXT,
            PRIMARY KEY (sampleID, number),
            CHECK ((result IS NULL) = (inspectedBy IS NULL)),
            CHECK ((result IS 'finding') = (finding IS NOT NULL))
        ) WITHOUT ROWID;
        CREATE INDEX sampled_number ON sampled (number);
        """

    /// The earliest notice that has something to say is found without looking at the others.
    private static let notices = """
        CREATE TABLE rectification (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number TEXT NOT NULL REFERENCES complaint (number) ON DELETE CASCADE,
            notice INTEGER NOT NULL CHECK (notice > 0),
            department TEXT NOT NULL,
            finding TEXT NOT NULL,
            sampleID INTEGER REFERENCES sample (id),
            orderedAt DATETIME NOT NULL,
            orderedBy TEXT NOT NULL,
            standing TEXT NOT NULL CHECK (standing IN ('ordered', 'answered', 'returned', 'closed')),
            round INTEGER NOT NULL CHECK (round > 0),
            deadline BLOB NOT NULL,
            dueAt DATETIME NOT NULL,
            terms BLOB NOT NULL,
            nextAt DATETIME,
            nextPercent INTEGER,
            alert INTEGER NOT NULL,
            answer TEXT,
            answeredAt DATETIME,
            answeredBy TEXT,
            comment TEXT,
            decidedAt DATETIME,
            decidedBy TEXT,
            UNIQUE (number, notice),
            CHECK (standing NOT IN ('answered', 'closed') OR answer IS NOT NULL),
            CHECK ((nextAt IS NULL) = (nextPercent IS NULL)),
            CHECK (nextAt IS NULL OR standing IN ('ordered', 'returned'))
        );
        CREATE INDEX rectification_next ON rectification (nextAt) WHERE nextAt IS NOT NULL;
        CREATE INDEX rectification_open ON rectification (dueAt, id) WHERE standing <> 'closed';
        CREATE TABLE rectificationStep (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            rectificationID INTEGER NOT NULL REFERENCES rectification (id) ON DELETE CASCADE,
            step TEXT NOT NULL,
            at DATETIME NOT NULL,
            by TEXT NOT NULL,
            words TEXT
        );
        CREATE INDEX rectificationStep_of ON rectificationStep (rectificationID, id);
        """
}
