"""Writing: the one way in which claims are written, and the rules, numbers and lists that each write keeps."""
