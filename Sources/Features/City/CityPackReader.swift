import Domain
import Foundation

/// What is wrong with a pack: never empty, in the order of files and lines.
public struct PackFaults: Error {
  public let faults: [PackFault]
}

/// Reads a city pack from its folder or archive and proves it whole.
///
/// All faults are collected rather than the first: first of every file by itself, and, once each file can be read as
/// a whole, of how they fit together (`PackProof`).
public enum CityPackReader {
  public static func read(folder: URL) throws(PackFaults) -> CityPack {
    let faults = FaultList()
    let archive = archive(folder: folder, faults: faults)
    return try read(archive, faults: faults)
  }

  /// The pack of a version kept by `PackArchive`.
  public static func read(archive: PackArchive) throws(PackFaults) -> CityPack {
    try read(archive, faults: FaultList())
  }

  /// The faults of a pack; none for a sound one.
  public static func check(folder: URL) -> [PackFault] {
    do throws(PackFaults) {
      _ = try read(folder: folder)
      return []
    } catch {
      return error.faults
    }
  }

  /// The rules files of a folder, to be kept with the version.
  public static func archive(folder: URL) throws(PackFaults) -> PackArchive {
    let faults = FaultList()
    let archive = archive(folder: folder, faults: faults)
    guard faults.isEmpty else { throw PackFaults(faults: faults.sorted) }
    return archive
  }

  private static func archive(folder: URL, faults: FaultList) -> PackArchive {
    var files: [String: String] = [:]
    for name in PackArchive.fileNames + PackArchive.optionalNames {
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
        guard !PackArchive.optionalNames.contains(name) else { continue }
        faults.addFile(
          name, Texts(zh: "文件缺失或无法读取", en: "the file is missing or cannot be read"),
          fix: Texts(zh: "在配置包目录中提供 \(name)", en: "put \(name) into the pack's folder"))
        continue
      }
      guard let text = String(validating: data, as: UTF8.self) else {
        faults.addFile(
          name, Texts(zh: "文件不是 UTF-8 编码", en: "the file is not UTF-8"),
          fix: Texts(zh: "以 UTF-8 编码重新保存", en: "save it as UTF-8"))
        continue
      }
      files[name] = text
    }
    return PackArchive(files: files)
  }

  private static func read(_ archive: PackArchive, faults: FaultList) throws(PackFaults) -> CityPack {
    let draft = PackDraft(archive: archive, faults: faults)
    guard !faults.hasUnreadableFile, let pack = draft.pack(version: archive.version) else {
      throw PackFaults(faults: faults.sorted)
    }
    for fault in PackProof(pack: pack, marks: draft.marks).faults { faults.add(fault) }
    guard faults.isEmpty else { throw PackFaults(faults: faults.sorted) }
    return pack
  }
}

/// Collects faults while a pack is read.
final class FaultList {
  private var faults: [PackFault] = []
  /// A file as a whole could not be read, so that nothing can be said about how the files fit together.
  private(set) var hasUnreadableFile = false

  var isEmpty: Bool { faults.isEmpty }
  var sorted: [PackFault] { faults.sorted { ($0.file, $0.line) < ($1.file, $1.line) } }

  func add(_ fault: PackFault) { faults.append(fault) }

  func add(_ file: String, _ line: Int, _ what: Texts, fix: Texts) {
    faults.append(PackFault(file: file, line: line, what: what, fix: fix))
  }

  func addFile(_ file: String, line: Int = 0, _ what: Texts, fix: Texts) {
    hasUnreadableFile = true
    add(file, line, what, fix: fix)
  }
}
