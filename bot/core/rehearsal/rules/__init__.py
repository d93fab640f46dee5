"""The rules of the rubric, one module a skill."""
