import OVABasics
public import OVATime

extension Record {
  /// Appends the record as the API shows it: nine keys in alphabetical order.
  package func appendJSON(times: APITime, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    JSONBytes.appendKey("created_on", first: true, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    times.append(createdOn, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    JSONBytes.appendKey("data_store", to: &bytes)
    JSONBytes.append(dataStore, to: &bytes)
    JSONBytes.appendKey("folder", to: &bytes)
    JSONBytes.append(folder, to: &bytes)
    JSONBytes.appendKey("id", to: &bytes)
    JSONBytes.append(id, to: &bytes)
    JSONBytes.appendKey("label", to: &bytes)
    JSONBytes.append(label, to: &bytes)
    JSONBytes.appendKey("name", to: &bytes)
    JSONBytes.append(name, to: &bytes)
    JSONBytes.appendKey("path", to: &bytes)
    JSONBytes.append(path, to: &bytes)
    JSONBytes.appendKey("public", to: &bytes)
    JSONBytes.append(isPublic, to: &bytes)
    JSONBytes.appendKey("updated_on", to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    times.append(updatedOn, to: &bytes)
    bytes.append(contentsOf: "\"}".utf8)
  }

  /// The record as the API shows it, in JSON.
  public func json(times: APITime) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(360)
    appendJSON(times: times, to: &bytes)
    return bytes
  }
}
