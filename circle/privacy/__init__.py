"""Personal data: the purposes they are held for, export and erasure, deletion when their time is over."""
