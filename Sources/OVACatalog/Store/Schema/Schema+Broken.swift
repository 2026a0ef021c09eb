extension Schema {
  /// A state for files that were read and are no package, apart from those that could not be read.
  /// Packages whose finding was not stored yet are read again by the next scan.
  static let broken = """
    UPDATE images SET state = 'broken'
    WHERE state = 'unreadable' AND broken_for IS NOT NULL
      AND EXISTS (SELECT 1 FROM findings f WHERE f.image = images.id);
    """
}
