/// Groups tables that lie one after the other in the file, up to a mebibyte, for one read each.
func contiguousRuns(
  _ tables: some Sequence<(table: Int, sector: UInt64)>, tableSectors: UInt64
) -> [[(table: Int, sector: UInt64)]] {
  var runs: [[(table: Int, sector: UInt64)]] = []
  let most = max(1, Int((1 << 20) / (tableSectors * sectorBytes)))
  for table in tables.sorted(by: { $0.sector < $1.sector }) {
    if let last = runs.last?.last, last.sector + tableSectors == table.sector,
      let count = runs.last?.count, count < most
    {
      runs[runs.count - 1].append(table)
    } else {
      runs.append([table])
    }
  }
  return runs
}
