extension Schema {
  /// The real places of files, so that no advice names one that something else needs; and the state
  /// of a repository's folder when a scan last saw all of it.
  ///
  /// The facts on unowned files beyond their rows have a table of their own, which may be emptied
  /// at any time: the next scan fills it.
  static let places = """
    -- The file system's number and how many names the file has there; null before they were kept.
    ALTER TABLE files ADD COLUMN device INTEGER;
    ALTER TABLE files ADD COLUMN links INTEGER;
    ALTER TABLE files ADD COLUMN allocated_bytes INTEGER;
    -- Whether a symbolic link stands in the path or is the file.
    ALTER TABLE files ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;

    -- The rules' version that found a package's content broken; null while the cause may pass.
    ALTER TABLE images ADD COLUMN broken_for INTEGER;

    -- The walked folder and the data store's root, as the last complete scan saw them.
    ALTER TABLE repositories ADD COLUMN device INTEGER;
    ALTER TABLE repositories ADD COLUMN inode INTEGER;
    ALTER TABLE repositories ADD COLUMN root_device INTEGER;
    ALTER TABLE repositories ADD COLUMN root_inode INTEGER;
    -- The last scan of it, and the last that went to its end and was believed.
    ALTER TABLE repositories ADD COLUMN last_scan INTEGER;
    ALTER TABLE repositories ADD COLUMN complete_scan INTEGER;

    CREATE TABLE mounts (
      -- Folders below the repository's on which another file system was mounted.
      repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      PRIMARY KEY (repository, path)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE needs (
      -- What a package keeps from being deleted beyond its own files; see FileNeed.
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      need TEXT NOT NULL,
      PRIMARY KEY (image, need)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stray_places (
      repository INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      folder TEXT NOT NULL,
      name TEXT NOT NULL,
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      links INTEGER NOT NULL,
      allocated_bytes INTEGER NOT NULL,
      linked INTEGER NOT NULL,
      -- Why nothing is advised about it: not all of its surroundings were seen, or it is young.
      doubt TEXT,
      -- A JSON array of FileNeed; null for none.
      needs TEXT,
      PRIMARY KEY (repository, folder, name)
    ) STRICT, WITHOUT ROWID;

    UPDATE folders SET fingerprint = NULL;
    """
}
