"""The use cases: one public function for each thing that somebody in the hall does."""
