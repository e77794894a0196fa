"""`render`: prints documents, ours and those of other stores."""
