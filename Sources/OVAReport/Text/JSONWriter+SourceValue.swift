import OVABasics
import OVFDescriptor

/// Writes values as they stand in a descriptor.
extension JSONWriter {
  /// An array of objects, one for each element.
  mutating func objects<Element>(
    _ key: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    array(key) { json in
      for element in elements { json.object { write(element, &$0) } }
    }
  }

  /// An object, or null where there is nothing to write it of.
  mutating func object<Value>(
    _ key: StaticString, _ value: Value?, _ write: (Value, inout JSONWriter) -> Void
  ) {
    if let value { object(key) { write(value, &$0) } } else { null(key) }
  }

  /// A value, or the text found and what is wrong with it.
  mutating func value<Value>(
    _ key: StaticString, _ written: SourceValue<Value>?,
    _ write: (StaticString, Value, inout JSONWriter) -> Void
  ) {
    switch written?.reading {
    case nil: null(key)
    case .success(let value): write(key, value, &self)
    case .failure(let fault):
      object(key) { json in
        json.text("text", written?.text)
        json.text("fault", fault.description)
      }
    }
  }

  /// A number, or the text found and what is wrong with it.
  mutating func value(_ key: StaticString, _ written: SourceValue<some UnsignedInteger>?) {
    value(key, written) { $2.number($0, UInt64($1)) }
  }

  /// A flag, or the text found and what is wrong with it.
  mutating func value(_ key: StaticString, _ written: SourceValue<Bool>?) {
    value(key, written) { $2.flag($0, $1) }
  }

  /// A number, or what is wrong with it.
  mutating func result(_ key: StaticString, _ result: Result<UInt64, ValueFault>?) {
    switch result {
    case nil: null(key)
    case .success(let value): number(key, value)
    case .failure(let fault): object(key) { $0.text("fault", fault.description) }
    }
  }

  /// The configurations that an item or value is for, or null.
  mutating func configurations(_ written: SourceValue<[String]>?) {
    if let written {
      texts("configurations", written.value ?? [])
    } else {
      null("configurations")
    }
  }
}
