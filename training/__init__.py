"""Makes the weights of SpanReader: prepare, then train, then evaluate."""
