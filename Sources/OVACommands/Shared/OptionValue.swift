import ArgumentParser
import OVABasics

/// Readers of option values, for the argument parser: what they refuse is told as the option's,
/// wherever it is set, and by `ova config --check` before any command is run.
enum OptionValue {
  /// Reads a value by what throws explained errors, whose reason and fix are told.
  static func read<Value, Failure: ExplainedError>(
    _ reader: @escaping @Sendable (String) throws(Failure) -> Value
  ) -> @Sendable (String) throws -> Value {
    { text in
      do throws(Failure) {
        return try reader(text)
      } catch {
        throw ValidationError(error.reason + (error.fix.map { "; \($0)" } ?? ""))
      }
    }
  }

  /// Reads a text that has a certain form.
  static func text<Failure: ExplainedError>(
    that hasForm: @escaping @Sendable (String) throws(Failure) -> Void
  ) -> @Sendable (String) throws -> String {
    read { text throws(Failure) in
      try hasForm(text)
      return text
    }
  }
}
