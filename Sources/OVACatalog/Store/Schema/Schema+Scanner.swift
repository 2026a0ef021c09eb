extension Schema {
  /// The scanner's facts besides packages: the order in which it walks, packages whose digests are
  /// still to be computed, and the files in a repository that belong to no package.
  static let scanner = """
    ALTER TABLE images ADD COLUMN parent TEXT
      GENERATED ALWAYS AS (rtrim(path, replace(path, '/', ''))) VIRTUAL;
    CREATE INDEX images_walked ON images (repository, parent, path) WHERE gone_at IS NULL;

    CREATE TABLE unhashed (
      image INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE
    ) STRICT;

    CREATE TABLE strays (
      -- The path is relative to the repository's folder.
      repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      kind TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      modified_ns INTEGER NOT NULL,
      detail TEXT,
      scan INTEGER NOT NULL,
      PRIMARY KEY (repository, path)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW v_strays AS -- files that belong to no package, and links that lead nowhere
      SELECT r.data_store, r.folder, s.path, s.kind, s.size_bytes,
        datetime(s.modified_ns / 1000000000, 'unixepoch') AS modified, s.detail
      FROM strays s JOIN repositories r ON r.id = s.repository;
    """
}
