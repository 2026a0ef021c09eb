extension Schema {
  /// The history of findings from scan to scan, and views of scans and of packages as a whole.
  static let history = """
    CREATE TABLE scan_findings (
      -- Findings that a scan met for the first time or no longer, in packages known before.
      scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      rule TEXT NOT NULL,
      file TEXT NOT NULL,
      message TEXT NOT NULL,
      severity TEXT NOT NULL,
      change TEXT NOT NULL CHECK (change IN ('new', 'fixed')),
      PRIMARY KEY (scan, image, rule, file, message)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW v_packages AS -- one row a package: its state and how much was found in it
      SELECT i.id, i.path, i.state, i.state_detail, p.product, p.version, p.guest_system,
        coalesce(p.size_bytes, (SELECT sum(f.size_bytes) FROM files f
          WHERE f.image = i.id AND f.member = 0), 0) AS size_bytes,
        (SELECT count(*) FROM findings f WHERE f.image = i.id AND f.severity = 'error') AS errors,
        (SELECT count(*) FROM findings f
          WHERE f.image = i.id AND f.severity = 'warning') AS warnings,
        datetime(i.updated_on, 'unixepoch') AS updated_on
      FROM images i LEFT JOIN packages p ON p.image = i.id WHERE i.gone_at IS NULL;
    CREATE VIEW v_scans AS -- one row a scan; without a finishing time it runs or was killed
      SELECT id, datetime(started_on, 'unixepoch') AS started_on,
        datetime(finished_on, 'unixepoch') AS finished_on, packages, added, changed, gone, errors,
        partial
      FROM scans;
    CREATE VIEW v_changes AS -- one row a package that a scan found changed
      SELECT c.scan, i.id, i.path, c.change, c.detail AS path_before
      FROM scan_changes c JOIN images i ON i.id = c.image;
    CREATE VIEW v_finding_changes AS -- one row a finding that was new or gone in a scan
      SELECT c.scan, i.id, i.path, c.change, c.severity, c.rule, c.file, c.message
      FROM scan_findings c JOIN images i ON i.id = c.image;
    CREATE VIEW v_errors AS -- one row a thing that a scan could not read
      SELECT scan, path, reason FROM scan_errors;
    """
}
