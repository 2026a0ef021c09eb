/// The tables of a catalog on PostgreSQL, made by named steps. A step that was released is never
/// edited.
///
/// They have the columns that a catalog's file has, in the same order. All text is compared by its
/// bytes (`COLLATE "C"`), as SQLite does, and flags are numbers.
enum PostgreSQLSchema {
  /// A step, in a transaction of its own.
  struct Step {
    let name: String
    let sql: String
  }

  static let steps = [
    Step(name: "1-catalog", sql: tables + numbers + indexes + lists),
    Step(name: "2-shards", sql: shards),
  ]

  /// The index by which text is found from any three characters in it on; it needs the extension
  /// `pg_trgm`, without which rows are looked at one by one.
  static let trigrams: [(index: String, sql: String)] = [
    (
      "images_trigrams",
      """
      CREATE INDEX CONCURRENTLY images_trigrams ON images USING gin (
        lower(path) gin_trgm_ops, lower(name) gin_trgm_ops, lower(label) gin_trgm_ops,
        lower(folder) gin_trgm_ops)
      """
    ),
    (
      "packages_trigrams",
      "CREATE INDEX CONCURRENTLY packages_trigrams ON packages USING gin "
        + "(lower(\(SearchWords.packageText)) gin_trgm_ops)"
    ),
  ]

  /// Numbers continue the largest there is, as a catalog's file has them: only one writes at a time.
  private static let tables = """
    CREATE TABLE catalogue (
      single BIGINT PRIMARY KEY CHECK (single = 1),
      -- Grows whenever the list of images changes.
      generation BIGINT NOT NULL,
      -- Grows with each write.
      writes BIGINT NOT NULL
    );
    INSERT INTO catalogue VALUES (1, 1, 0);

    CREATE TABLE repositories (
      id BIGINT PRIMARY KEY,
      data_store TEXT COLLATE "C" NOT NULL,
      root TEXT COLLATE "C" NOT NULL,
      folder TEXT COLLATE "C" NOT NULL,
      label_base TEXT COLLATE "C" NOT NULL,
      public BIGINT NOT NULL CHECK (public IN (0, 1)),
      owner TEXT COLLATE "C",
      device BIGINT, inode BIGINT, root_device BIGINT, root_inode BIGINT,
      last_scan BIGINT, complete_scan BIGINT,
      UNIQUE (data_store, folder)
    );

    CREATE TABLE images (
      id BIGINT PRIMARY KEY,
      data_store TEXT COLLATE "C" NOT NULL,
      path TEXT COLLATE "C" NOT NULL,
      name TEXT COLLATE "C" NOT NULL,
      folder TEXT COLLATE "C",
      label TEXT COLLATE "C" NOT NULL,
      public BIGINT NOT NULL CHECK (public IN (0, 1)),
      owner TEXT COLLATE "C",
      created_on BIGINT NOT NULL,
      updated_on BIGINT NOT NULL,
      position BIGINT NOT NULL,
      gone_at BIGINT,
      repository BIGINT REFERENCES repositories (id) ON DELETE SET NULL,
      state TEXT COLLATE "C" NOT NULL DEFAULT 'whole',
      state_detail TEXT COLLATE "C",
      broken_for BIGINT,
      parent TEXT COLLATE "C" GENERATED ALWAYS AS (rtrim(path, replace(path, '/', ''))) STORED,
      UNIQUE (data_store, path)
    );

    CREATE TABLE packages (
      image BIGINT PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
      format TEXT COLLATE "C" NOT NULL,
      product TEXT COLLATE "C", vendor TEXT COLLATE "C", version TEXT COLLATE "C",
      guest_system TEXT COLLATE "C", hardware_family TEXT COLLATE "C", firmware TEXT COLLATE "C",
      systems BIGINT NOT NULL, virtual_cpus BIGINT, memory_bytes BIGINT,
      network_adapters BIGINT NOT NULL, size_bytes BIGINT NOT NULL,
      -- Text, whose bytes stay as they were.
      document TEXT COLLATE "C" NOT NULL CHECK (document::json IS NOT NULL),
      rules_version BIGINT NOT NULL,
      further TEXT COLLATE "C"
    );

    CREATE TABLE files (
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      name TEXT COLLATE "C" NOT NULL,
      member BIGINT NOT NULL CHECK (member IN (0, 1)),
      size_bytes BIGINT NOT NULL,
      modified_ns BIGINT NOT NULL,
      changed_ns BIGINT NOT NULL,
      inode BIGINT NOT NULL,
      device BIGINT, links BIGINT, allocated_bytes BIGINT,
      linked BIGINT NOT NULL DEFAULT 0,
      PRIMARY KEY (image, member, name)
    );

    CREATE TABLE digests (
      image BIGINT NOT NULL,
      member BIGINT NOT NULL,
      name TEXT COLLATE "C" NOT NULL,
      algorithm TEXT COLLATE "C" NOT NULL,
      digest TEXT COLLATE "C" NOT NULL,
      size_bytes BIGINT NOT NULL,
      modified_ns BIGINT NOT NULL,
      inode BIGINT NOT NULL,
      computed_on BIGINT NOT NULL,
      PRIMARY KEY (image, member, name, algorithm),
      FOREIGN KEY (image, member, name) REFERENCES files (image, member, name) ON DELETE CASCADE
    );

    CREATE TABLE disks (
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      number BIGINT NOT NULL,
      name TEXT COLLATE "C" NOT NULL, file TEXT COLLATE "C", format TEXT COLLATE "C",
      capacity_bytes BIGINT, size_bytes BIGINT, slot TEXT COLLATE "C",
      PRIMARY KEY (image, number)
    );

    CREATE TABLE findings (
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      number BIGINT NOT NULL,
      rule TEXT COLLATE "C" NOT NULL,
      rule_version BIGINT NOT NULL,
      severity TEXT COLLATE "C" NOT NULL,
      file TEXT COLLATE "C" NOT NULL, line BIGINT,
      message TEXT COLLATE "C" NOT NULL, fix TEXT COLLATE "C",
      PRIMARY KEY (image, number)
    );

    CREATE TABLE needs (
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      need TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (image, need)
    );

    CREATE TABLE unhashed (
      image BIGINT PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE
    );

    CREATE TABLE folders (
      repository BIGINT NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      path TEXT COLLATE "C" NOT NULL,
      fingerprint TEXT COLLATE "C",
      rules_version BIGINT,
      scan BIGINT NOT NULL,
      PRIMARY KEY (repository, path)
    );

    CREATE TABLE mounts (
      repository BIGINT NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      path TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (repository, path)
    );

    CREATE TABLE strays (
      repository BIGINT NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      folder TEXT COLLATE "C" NOT NULL,
      name TEXT COLLATE "C" NOT NULL,
      kind TEXT COLLATE "C" NOT NULL,
      size_bytes BIGINT NOT NULL,
      modified_ns BIGINT NOT NULL,
      detail TEXT COLLATE "C",
      PRIMARY KEY (repository, folder, name)
    );

    CREATE TABLE stray_places (
      repository BIGINT NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
      folder TEXT COLLATE "C" NOT NULL,
      name TEXT COLLATE "C" NOT NULL,
      device BIGINT NOT NULL,
      inode BIGINT NOT NULL,
      links BIGINT NOT NULL,
      allocated_bytes BIGINT NOT NULL,
      linked BIGINT NOT NULL,
      doubt TEXT COLLATE "C",
      needs TEXT COLLATE "C",
      PRIMARY KEY (repository, folder, name)
    );

    CREATE TABLE targets (
      number BIGINT PRIMARY KEY,
      name TEXT COLLATE "C" NOT NULL UNIQUE
    );

    CREATE TABLE verdicts (
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      number BIGINT NOT NULL,
      target TEXT COLLATE "C" NOT NULL,
      verdict TEXT COLLATE "C" NOT NULL,
      reasons TEXT COLLATE "C" NOT NULL CHECK (reasons::json IS NOT NULL),
      PRIMARY KEY (image, target)
    );

    CREATE TABLE scans (
      id BIGINT PRIMARY KEY,
      started_on BIGINT NOT NULL,
      finished_on BIGINT,
      packages BIGINT NOT NULL DEFAULT 0,
      added BIGINT NOT NULL DEFAULT 0,
      changed BIGINT NOT NULL DEFAULT 0,
      gone BIGINT NOT NULL DEFAULT 0,
      errors BIGINT NOT NULL DEFAULT 0,
      partial BIGINT NOT NULL DEFAULT 0 CHECK (partial IN (0, 1))
    );

    CREATE TABLE scan_changes (
      scan BIGINT NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      change TEXT COLLATE "C" NOT NULL,
      detail TEXT COLLATE "C",
      PRIMARY KEY (scan, image)
    );

    CREATE TABLE scan_errors (
      scan BIGINT NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
      number BIGINT NOT NULL,
      path TEXT COLLATE "C" NOT NULL,
      reason TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (scan, number)
    );

    CREATE TABLE scan_findings (
      scan BIGINT NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
      image BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      rule TEXT COLLATE "C" NOT NULL,
      file TEXT COLLATE "C" NOT NULL,
      message TEXT COLLATE "C" NOT NULL,
      severity TEXT COLLATE "C" NOT NULL,
      change TEXT COLLATE "C" NOT NULL CHECK (change IN ('new', 'fixed'))
    );

    CREATE TABLE scan_totals (
      scan BIGINT PRIMARY KEY REFERENCES scans (id) ON DELETE CASCADE,
      packages BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      errors BIGINT NOT NULL,
      warnings BIGINT NOT NULL,
      with_errors BIGINT NOT NULL,
      unreadable BIGINT NOT NULL
    );

    CREATE TABLE tokens (
      id BIGINT PRIMARY KEY,
      hash BYTEA NOT NULL UNIQUE,
      owner TEXT COLLATE "C" NOT NULL,
      name TEXT COLLATE "C" NOT NULL,
      created_on BIGINT NOT NULL,
      expires_on BIGINT,
      last_used_on BIGINT,
      revoked_on BIGINT
    );

    CREATE TABLE sync_requests (
      id BIGINT PRIMARY KEY,
      username TEXT COLLATE "C" NOT NULL,
      status TEXT COLLATE "C" NOT NULL,
      type TEXT COLLATE "C" NOT NULL,
      task_id TEXT COLLATE "C",
      added TEXT COLLATE "C" NOT NULL DEFAULT '[]',
      deleted TEXT COLLATE "C" NOT NULL DEFAULT '[]',
      errors TEXT COLLATE "C" NOT NULL DEFAULT '[]',
      warnings TEXT COLLATE "C" NOT NULL DEFAULT '[]',
      created_on BIGINT NOT NULL,
      updated_on BIGINT NOT NULL
    );

    CREATE TABLE letters (
      request BIGINT PRIMARY KEY REFERENCES sync_requests (id) ON DELETE CASCADE,
      created_on BIGINT NOT NULL,
      attempts BIGINT NOT NULL DEFAULT 0,
      due_on BIGINT NOT NULL,
      failure TEXT COLLATE "C"
    );

    """

  /// Tables whose rows have numbers.
  private static let numbers = ["repositories", "images", "scans", "tokens", "sync_requests"].map {
    """
    CREATE FUNCTION next_\($0)_id() RETURNS BIGINT LANGUAGE SQL VOLATILE
      AS 'SELECT coalesce(max(id), 0) + 1 FROM \($0)';
    ALTER TABLE \($0) ALTER COLUMN id SET DEFAULT next_\($0)_id();

    """
  }.joined()
}
