// Measures Lancet against naive twins and peers, and prints tables with the command that made them.
//
//   lancet-bench [transformer] [kernels] [diff] [review] [grading] [checks FILE] [processbench FOLDER] [doubtful FOLDER]
//
// `doubtful` lists the marks that people did not make; `lancet-bench render` answers Tests/Peers/compare_templates.py. Without
// arguments everything that needs no file. `make bench` adds the whole-process figures of Tests/Bench.

import Glibc

@main
struct Bench {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "render" { return renderTemplates() }
    if arguments.isEmpty { arguments = ["transformer", "diff", "review", "grading"] }
    while let name = arguments.popFirst() {
      print("\n## lancet-bench \(name)\n")
      switch name {
      case "transformer": benchTransformer()
      case "kernels": benchKernels()
      case "diff": benchDiff()
      case "review": benchReview()
      case "grading": benchGrading()
      case "checks":
        guard let path = arguments.popFirst() else { return usage() }
        CheckBench.run(path: path)
      case "processbench", "doubtful":
        guard let folder = arguments.popFirst() else { return usage() }
        ProcessBench.run(folder: folder, listing: name == "doubtful")
      default: return usage()
      }
    }
  }

  private static func usage() {
    print(
      "usage: lancet-bench [transformer] [kernels] [diff] [review] [grading] [checks FILE] [processbench FOLDER] [doubtful FOLDER]"
    )
    exit(2)
  }
}
