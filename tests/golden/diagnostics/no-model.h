/* A set of headers without a model. */
struct user {
    long id;
};
