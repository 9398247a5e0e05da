"""Pages: one module per address, thin; what they show comes from findings and charts."""
