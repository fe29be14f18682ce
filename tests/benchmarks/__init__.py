"""The benchmarks run; how long anything takes is not a test's business."""
