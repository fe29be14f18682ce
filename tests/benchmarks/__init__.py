"""The benchmarks run; these tests do not check how long anything takes."""
