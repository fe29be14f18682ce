"""Programs of the maintainers; the product imports none of them."""
