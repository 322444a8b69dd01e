"""Build concept notebooks: claims with their evidence, curves with the code that draws them."""

__version__ = "0.1.0"
