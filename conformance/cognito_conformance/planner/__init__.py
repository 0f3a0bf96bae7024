"""Looking ahead on the model, as a Hypothesis backend: which calls would exercise what no call has exercised yet?"""
