"""Prints `language<TAB>zipf<TAB>word` for every word that is not rare: Zipf values are log10 of occurrences per billion words.

pip install wordfreq==3.1.1
"""
import math

from wordfreq import get_frequency_dict

for language in ("en", "de", "fr", "es", "it", "nl", "pt"):
    for word, frequency in get_frequency_dict(language, wordlist="large").items():
        zipf = math.log10(frequency * 1e9)
        if zipf >= 3:
            print(f"{language}\t{zipf:.2f}\t{word}")
