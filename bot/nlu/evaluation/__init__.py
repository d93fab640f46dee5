"""Measures how well turns are heard: scores, the sets they are measured on, public benchmarks, the report."""
