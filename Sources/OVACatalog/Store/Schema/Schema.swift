internal import GRDB

/// The database's tables, made by numbered steps. A step that was released is never edited.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-catalogue") { db in
      try db.execute(sql: tables)
      try db.execute(sql: indexes)
      try db.execute(sql: views)
    }
    migrator.registerMigration("2-scanner") { db in try db.execute(sql: scanner) }
    migrator.registerMigration("3-history") { db in try db.execute(sql: history) }
    migrator.registerMigration("4-folders") { db in try db.execute(sql: folders) }
    migrator.registerMigration("5-orders") { db in try db.execute(sql: orders) }
    migrator.registerMigration("6-places") { db in try db.execute(sql: places) }
    migrator.registerMigration("6-totals") { db in try db.execute(sql: totals) }
    migrator.registerMigration("7-letters") { db in try db.execute(sql: letters) }
    migrator.registerMigration("8-shown-names") { db in try removeServerPaths(db) }
    migrator.registerMigration("9-broken") { db in try db.execute(sql: broken) }
    migrator.registerMigration("10-targets") { db in try db.execute(sql: targets) }
    migrator.registerMigration("11-trigrams") { db in try trigrams(db) }
    return migrator
  }

  private static let tables = """
    CREATE TABLE catalogue (
      -- One row. The generation grows whenever the list of images changes.
      only INTEGER PRIMARY KEY CHECK (only = 1),
      generation INTEGER NOT NULL
    ) STRICT;
    INSERT INTO catalogue VALUES (1, 1);

    CREATE TABLE repositories (
      id INTEGER PRIMARY KEY,
      data_store TEXT NOT NULL,
      root TEXT NOT NULL,
      folder TEXT NOT NULL,
      label_base TEXT NOT NULL,
      public INTEGER NOT NULL CHECK (public IN (0, 1)),
      owner TEXT,
      UNIQUE (data_store, folder)
    ) STRICT;

    CREATE TABLE images (
      -- Ids are permanent: rows are marked gone and never deleted, numbers are never used again.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      data_store TEXT NOT NULL,
      path TEXT NOT NULL,
      name TEXT NOT NULL,
      folder TEXT,
      label TEXT NOT NULL,
      public INTEGER NOT NULL CHECK (public IN (0, 1)),
      owner TEXT,
      created_on INTEGER NOT NULL,
      updated_on INTEGER NOT NULL,
      position INTEGER NOT NULL,
      gone_at INTEGER,
      repository INTEGER REFERENCES repositories (id) ON DELETE SET NULL,
      state TEXT NOT NULL DEFAULT 'whole',
      state_detail TEXT,
      UNIQUE (data_store, path)
    ) STRICT;

    CREATE TABLE packages (
      image INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
      format TEXT NOT NULL,
      product TEXT, vendor TEXT, version TEXT,
      guest_system TEXT, hardware_family TEXT, firmware TEXT,
      systems INTEGER NOT NULL, virtual_cpus INTEGER, memory_bytes INTEGER,
      network_adapters INTEGER NOT NULL, size_bytes INTEGER NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      rules_version INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE files (
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      member INTEGER NOT NULL CHECK (member IN (0, 1)),
      size_bytes INTEGER NOT NULL,
      modified_ns INTEGER NOT NULL,
      changed_ns INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      PRIMARY KEY (image, member, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE digests (
      -- Beside each digest the facts that its file had: it holds while they are the same.
      image INTEGER NOT NULL,
      member INTEGER NOT NULL,
      name TEXT NOT NULL,
      algorithm TEXT NOT NULL,
      digest TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      modified_ns INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      computed_on INTEGER NOT NULL,
      PRIMARY KEY (image, member, name, algorithm),
      FOREIGN KEY (image, member, name) REFERENCES files (image, member, name) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE disks (
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      name TEXT NOT NULL, file TEXT, format TEXT,
      capacity_bytes INTEGER, size_bytes INTEGER, slot TEXT,
      PRIMARY KEY (image, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE findings (
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      rule TEXT NOT NULL,
      rule_version INTEGER NOT NULL,
      severity TEXT NOT NULL,
      file TEXT NOT NULL, line INTEGER,
      message TEXT NOT NULL, fix TEXT,
      PRIMARY KEY (image, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE scans (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started_on INTEGER NOT NULL,
      finished_on INTEGER,
      packages INTEGER NOT NULL DEFAULT 0,
      added INTEGER NOT NULL DEFAULT 0,
      changed INTEGER NOT NULL DEFAULT 0,
      gone INTEGER NOT NULL DEFAULT 0,
      errors INTEGER NOT NULL DEFAULT 0,
      partial INTEGER NOT NULL DEFAULT 0 CHECK (partial IN (0, 1))
    ) STRICT;

    CREATE TABLE scan_changes (
      scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
      image INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
      change TEXT NOT NULL,
      detail TEXT,
      PRIMARY KEY (scan, image)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE scan_errors (
      scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      path TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (scan, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tokens (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hash BLOB NOT NULL UNIQUE,
      owner TEXT NOT NULL,
      name TEXT NOT NULL,
      created_on INTEGER NOT NULL,
      expires_on INTEGER,
      last_used_on INTEGER,
      revoked_on INTEGER
    ) STRICT;

    CREATE TABLE sync_requests (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      username TEXT NOT NULL,
      status TEXT NOT NULL,
      type TEXT NOT NULL,
      task_id TEXT,
      added TEXT NOT NULL DEFAULT '[]',
      deleted TEXT NOT NULL DEFAULT '[]',
      errors TEXT NOT NULL DEFAULT '[]',
      warnings TEXT NOT NULL DEFAULT '[]',
      created_on INTEGER NOT NULL,
      updated_on INTEGER NOT NULL
    ) STRICT;
    """

  /// Partial indexes over what lists show, so that counting and turning pages touch
  /// nothing else; for the latter they hold the columns of their own condition.
  private static let indexes = """
    CREATE INDEX public_position ON images (position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_path ON images (path, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_name ON images (name, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_updated ON images (updated_on, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_name_any_case ON images (name COLLATE NOCASE, path, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX owner_position ON images (owner, position) WHERE gone_at IS NULL;
    CREATE INDEX images_position ON images (position);
    CREATE INDEX images_repository ON images (repository) WHERE repository IS NOT NULL;
    CREATE INDEX digests_digest ON digests (algorithm, digest);
    CREATE INDEX files_inode ON files (inode) WHERE member = 0;
    CREATE INDEX findings_rule ON findings (rule, severity);
    CREATE INDEX tokens_owner ON tokens (owner);
    CREATE INDEX sync_requests_user ON sync_requests (username, id);
    CREATE UNIQUE INDEX sync_requests_running ON sync_requests (username, type)
      WHERE status NOT IN ('PROCESSED', 'ERROR', 'CANCELLED');
    """

  /// The other orders that lists are shown in.
  private static let orders = """
    CREATE INDEX public_created ON images (created_on, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_data_store ON images (data_store, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_folder ON images (folder, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    CREATE INDEX public_label ON images (label, position, public, gone_at)
      WHERE public = 1 AND gone_at IS NULL;
    """

  /// The views for any SQLite tool; times are text in UTC. Their columns are only ever added to.
  private static let views = """
    CREATE VIEW v_images AS -- what the image API lists
      SELECT id, name, data_store, folder, label, path, public, owner, state, state_detail,
        datetime(created_on, 'unixepoch') AS created_on,
        datetime(updated_on, 'unixepoch') AS updated_on
      FROM images WHERE gone_at IS NULL ORDER BY position;
    CREATE VIEW v_gone AS -- packages that were there once
      SELECT id, path, datetime(gone_at, 'unixepoch') AS gone_at
      FROM images WHERE gone_at IS NOT NULL;
    CREATE VIEW v_hardware AS -- one row a package
      SELECT i.id, i.path, p.format, p.product, p.vendor, p.version, p.guest_system,
        p.hardware_family, p.firmware, p.systems, p.virtual_cpus,
        p.memory_bytes / 1048576 AS memory_mib, p.network_adapters,
        (SELECT count(*) FROM disks d WHERE d.image = i.id) AS disks,
        (SELECT sum(capacity_bytes) FROM disks d WHERE d.image = i.id) AS capacity_bytes,
        p.size_bytes
      FROM images i JOIN packages p ON p.image = i.id WHERE i.gone_at IS NULL;
    CREATE VIEW v_disks AS -- one row a disk
      SELECT i.id, i.path, d.number, d.name, d.file, d.format, d.capacity_bytes, d.size_bytes,
        d.slot
      FROM images i JOIN disks d ON d.image = i.id WHERE i.gone_at IS NULL;
    CREATE VIEW v_files AS -- one row a file or member, with its SHA-256 where it is known
      SELECT i.id, i.path, f.name, f.member, f.size_bytes,
        datetime(f.modified_ns / 1000000000, 'unixepoch') AS modified,
        (SELECT digest FROM digests g WHERE g.image = f.image AND g.member = f.member
          AND g.name = f.name AND g.algorithm = 'sha256') AS sha256
      FROM images i JOIN files f ON f.image = i.id WHERE i.gone_at IS NULL;
    CREATE VIEW v_findings AS -- one row a finding
      SELECT i.id, i.path, f.severity, f.rule, f.rule_version, f.file, f.line, f.message, f.fix
      FROM images i JOIN findings f ON f.image = i.id WHERE i.gone_at IS NULL;
    CREATE VIEW v_duplicates AS -- files of the same content, by SHA-256
      SELECT g.digest AS sha256, count(*) AS copies, max(g.size_bytes) AS size_bytes,
        (count(*) - 1) * max(g.size_bytes) AS reclaimable_bytes,
        json_group_array(i.path || ' ' || g.name) AS places
      FROM digests g JOIN images i ON i.id = g.image
      WHERE g.algorithm = 'sha256' AND i.gone_at IS NULL AND g.size_bytes > 0
      GROUP BY g.digest HAVING count(*) > 1;
    """
}
