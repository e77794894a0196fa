"""`verify`: the chain judged, shown, and compared with other clones."""
