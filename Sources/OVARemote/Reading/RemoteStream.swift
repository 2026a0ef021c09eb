import Glibc
public import OVABasics
public import OVAByteSource
import Synchronization

/// A remote file that comes once, front to back.
public final class RemoteStream: ByteStream, Sendable {
  /// The name for messages: the URL without what is secret in it.
  public let name: String
  private let exchange: Exchange
  private let received = Atomic<UInt64>(0)

  init(_ exchange: Exchange, _ location: RemoteLocation) {
    self.exchange = exchange
    name = location.name
  }

  /// The number of bytes that will come; nil where the server does not say.
  public var size: UInt64? { exchange.head.isCompressed ? nil : exchange.head.contentLength }

  /// True if a body that is cut off is noticed: its length is given, or it comes in chunks.
  var tellsItsEnd: Bool {
    exchange.head.contentLength != nil || exchange.head["transfer-encoding"] != nil
  }

  /// Fills as much of an array as there is; 0 at the end.
  func readPiece(_ piece: inout [UInt8]) throws(ByteSourceError) -> Int {
    do throws(TransferFailure) {
      return try exchange.readPiece(&piece)
    } catch {
      throw RemoteFailure.transfer(error, host: exchange.url.authority, name: name)
    }
  }

  /// The server that sends it.
  public var host: String { exchange.url.authority }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    var done = 0
    while done < buffer.count {
      do throws(TransferFailure) {
        let count = try unsafe exchange.read(
          into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
        guard count > 0 else { break }
        done += count
      } catch {
        throw RemoteFailure.transfer(error, host: exchange.url.authority, name: name)
      }
    }
    received.add(UInt64(done), ordering: .relaxed)
    return done
  }

  /// Copies what comes into a file without a name, which goes when the process ends.
  /// - Parameters:
  ///   - folder: where it lies.
  ///   - progress: called with the number of bytes written, after each piece.
  public func copied(
    into folder: String, progress: (UInt64) -> Void = { _ in }
  ) throws(ByteSourceError) -> FileSource {
    var template = Array("\(folder)/ova-XXXXXX".utf8CString)
    let descriptor = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return Int32(-1) }
      let descriptor = unsafe mkstemp(start)
      if descriptor >= 0 {
        _ = unsafe unlink(start)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
      return descriptor
    }
    guard descriptor >= 0 else { throw Self.unwritten(errno, folder) }
    defer { close(descriptor) }
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      var failure: ByteSourceError?
      let count = unsafe piece.withUnsafeMutableBytes { buffer in
        do throws(ByteSourceError) {
          let count = try unsafe read(into: buffer)
          let written = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
          if let number = unsafe writeAll(written, to: descriptor) {
            throw Self.unwritten(number, folder)
          }
          return count
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      guard count > 0 else { break }
      progress(UInt64(count))
    }
    return try FileSource(duplicating: descriptor, name: name)
  }

  private static func unwritten(_ number: Int32, _ folder: String) -> ByteSourceError {
    ByteSourceError(
      code: .inputOutput, doing: "copy what is fetched to a temporary file",
      reason: systemWords(number), place: Place(folder),
      fix: "name a folder with enough room in TMPDIR")
  }
}
