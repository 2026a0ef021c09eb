extension Schema {
  /// The facts that people search packages by, and the totals of the catalog at the end of each
  /// scan.
  static let totals = """
    -- What further machines and products of a package say of themselves, a line each.
    ALTER TABLE packages ADD COLUMN further TEXT;
    UPDATE packages SET further = \(SearchWords.further) WHERE systems > 1;
    -- All that a search asks of a package, so that its long row is not read.
    CREATE INDEX packages_search
      ON packages (image, product, vendor, version, guest_system, further);

    CREATE TABLE scan_totals (
      -- None for scans that were killed, or ended before this table was there.
      scan INTEGER PRIMARY KEY REFERENCES scans (id) ON DELETE CASCADE,
      packages INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      errors INTEGER NOT NULL,
      warnings INTEGER NOT NULL,
      with_errors INTEGER NOT NULL,
      unreadable INTEGER NOT NULL
    ) STRICT;

    CREATE VIEW v_totals AS -- one row a scan that ended: the whole catalog in numbers then
      SELECT t.scan, datetime(s.finished_on, 'unixepoch') AS finished_on, t.packages, t.bytes,
        t.errors, t.warnings, t.with_errors, t.unreadable
      FROM scan_totals t JOIN scans s ON s.id = t.scan;
    """
}
