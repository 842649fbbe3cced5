"""scikit-learn on texts that ours is given too: kinds.py TEXTS KINDS SEED HELD.

Splits by the seed, writes the numbers of the texts held back, and prints what the best simple peer says of them:
characters one by one and two by two, tf-idf, a linear support vector machine.
"""

import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

with open(sys.argv[1], encoding="utf-8") as file:
    texts = file.read().split("\n")
with open(sys.argv[2], encoding="utf-8") as file:
    kinds = file.read().split("\n")
known, held = train_test_split(list(range(len(texts))), test_size=0.2, random_state=int(sys.argv[3]))
held = sorted(held)
with open(sys.argv[4], "w", encoding="ascii") as file:
    file.write("\n".join(map(str, held)))
start = time.process_time()
features = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=2, sublinear_tf=True)
model = LinearSVC(C=1, random_state=0).fit(features.fit_transform([texts[i] for i in known]), [kinds[i] for i in known])
trained = time.process_time()
found = model.predict(features.transform([texts[i] for i in held]))
print(json.dumps({"asked": held, "kinds": list(found), "trainSeconds": trained - start,
                  "messagesPerSecond": len(held) / (time.process_time() - trained)}))
