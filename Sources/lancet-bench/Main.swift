// Measures Lancet against naive twins and peers; prints tables.

import Glibc

@main
struct Bench {
  static func main() {
    print("lancet-bench")
    if let path = getenv("TRACES") { CheckBench.run(path: String(cString: path)) }
  }
}
