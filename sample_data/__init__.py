"""An invented SaaS company, for trying the product and for its tests. Nothing here is about real people or firms."""
