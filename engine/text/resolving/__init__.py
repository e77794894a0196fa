"""From objects to a document: what is included, what a name means, where each section stands."""
