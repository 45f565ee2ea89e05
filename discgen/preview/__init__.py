"""A document as a live page in the browser: findings beside the text, numbers that lead to their lines."""
