fn main() {
    print!("{}", hotwash_scenarios::diagnostic::reference());
}
