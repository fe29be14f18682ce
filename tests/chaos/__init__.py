"""The far side fails, stalls and repeats at random while whoever sends is killed.

far       a service in simulated time that fails at random, and a sender that can be killed
marks     what the database says became of each message
test_simulated    thousands of messages in simulated time, on both databases

Everything random comes from one seed, which a failure names.
"""
