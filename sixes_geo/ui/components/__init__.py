"""Parts that several views share: controls, headline, maps, charts, tables, markup."""
