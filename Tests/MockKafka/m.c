int mock;
