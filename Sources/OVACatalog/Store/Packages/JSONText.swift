import FoundationEssentials
import OVABasics

/// Lists of texts as columns keep them.
enum JSONText {
  static func array(_ texts: [String]) -> String {
    var bytes: [UInt8] = []
    JSONBytes.append(texts, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a stored JSON array of strings; empty for any other text.
  static func texts(_ json: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
  }
}
