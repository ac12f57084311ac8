// Measures Lancet against naive twins and peers; prints tables.

@main
struct Bench {
  static func main() {
    print("lancet-bench")
  }
}
