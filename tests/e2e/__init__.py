"""The whole of Parley as `parley serve` runs it: web application, Rasa and actions, over HTTP and in a browser."""
