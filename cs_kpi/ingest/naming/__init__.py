"""What headers name: words in one form, abbreviations spelt out, grammars of English and Japanese, fields alike."""
