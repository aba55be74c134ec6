"""Words set on A4 pages, as PDF. Knows no feature; nothing of it is loaded before it is needed."""
