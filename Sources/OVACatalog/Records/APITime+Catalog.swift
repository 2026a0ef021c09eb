public import OVABasics
public import OVATime

extension APITime {
  /// Makes times in the zone of an IANA name (`America/Toronto`) or a POSIX rule.
  /// - Throws: `.unknownTimeZone` when the machine has no zone of that name.
  public init(zoneNamed name: String) throws(CatalogError) {
    do throws(TimeError) {
      try self.init(zone: ZoneRules(named: name))
    } catch {
      throw CatalogError(error, as: .unknownTimeZone)
    }
  }
}
