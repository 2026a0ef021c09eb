extension Schema {
  /// The scanner's facts of folders: a later scan passes over one in which nothing changed without
  /// asking for its packages.
  static let folders = """
    CREATE TABLE folders (
      -- Below the repository's folder, with a slash at the end; empty for that folder itself.
      -- Every folder that holds packages of a repository has a row.
      repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      -- Of the names and facts of all that lay in it; null while something has yet to settle.
      fingerprint TEXT,
      rules_version INTEGER,
      -- The last scan that took it up anew.
      scan INTEGER NOT NULL,
      PRIMARY KEY (repository, path)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO folders (repository, path, scan)
      SELECT DISTINCT i.repository,
        iif(i.parent = '', '', substr(i.parent,
          length('[' || r.data_store || '] ' || iif(r.folder = '', '', r.folder || '/')) + 1)), 0
      FROM images i JOIN repositories r ON r.id = i.repository WHERE i.gone_at IS NULL;

    -- Strays are kept by folder, so that they are replaced together.
    DROP VIEW v_strays;
    DROP TABLE strays;
    CREATE TABLE strays (
      repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      folder TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      modified_ns INTEGER NOT NULL,
      detail TEXT,
      PRIMARY KEY (repository, folder, name)
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW v_strays AS -- files that belong to no package, and links that lead nowhere
      SELECT r.data_store, r.folder, s.folder || s.name AS path, s.kind, s.size_bytes,
        datetime(s.modified_ns / 1000000000, 'unixepoch') AS modified, s.detail
      FROM strays s JOIN repositories r ON r.id = s.repository;

    -- Files that lie in a folder below their package's: few, and looked for after each scan.
    CREATE INDEX files_below ON files (image) WHERE member = 0 AND instr(name, '/') > 0;
    -- A check for decay goes through the oldest digests first.
    CREATE INDEX digests_age ON digests (computed_on, image) WHERE algorithm = 'sha256';
    """
}
