import ArgumentParser
import Configuration
@main struct M { static func main() { print("hi") } }
