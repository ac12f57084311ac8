// The program: arguments become a command, a command is run, and its outcome becomes an exit status.

@main
struct Lancet {
  static func main() {
    print("lancet")
  }
}
