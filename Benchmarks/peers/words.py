"""jieba on texts that ours is given too: words.py TEXTS CUTS. Prints its speed without loading its dictionary."""

import json
import logging
import sys
import time

import jieba

jieba.setLogLevel(logging.ERROR)
with open(sys.argv[1], encoding="utf-8") as file:
    texts = file.read().split("\n")
begun = time.process_time()
jieba.initialize()
start = time.process_time()
cuts = [list(jieba.cut(text, HMM=False)) for text in texts]
seconds = time.process_time() - start
with open(sys.argv[2], "w", encoding="utf-8") as file:
    file.write("\n".join("\x01".join(words) for words in cuts))
print(json.dumps({"pieces": sum(map(len, cuts)), "loadSeconds": start - begun,
                  "megabytesPerSecond": sum(len(text.encode()) for text in texts) / 1e6 / seconds}))
