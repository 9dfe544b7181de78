-- What put entries in one's stream ("package guake of the team garden") can be switched off by itself.
ALTER TYPE "HiddenWhat" ADD VALUE 'interest';
