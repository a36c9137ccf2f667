#pragma once
#include <librdkafka/rdkafka.h>

// One record with the headers of the CloudEvents Kafka binding. Nothing is kept: librdkafka copies it all.
struct pnl_kafka_record {
    const void *key;
    size_t key_length;
    const void *value;
    size_t value_length;
    const char *id;
    size_t id_length;
    const char *type;
    size_t type_length;
    const char *source;
    size_t source_length;
    const char *time;
    size_t time_length;
    const char *trace_parent; // NULL when there is none
    size_t trace_parent_length;
};

// rd_kafka_produceva takes an array of unions, which Swift would fill a kilobyte at a time. Returns NULL, or an error
// that the caller destroys.
static inline rd_kafka_error_t *pnl_kafka_produce(rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition,
                                                  const struct pnl_kafka_record *record, void *opaque) {
    rd_kafka_vu_t arguments[12];
    size_t count = 0;
#define PNL_ARGUMENT(TYPE, FIELD, VALUE)                                                                               \
    arguments[count].vtype = RD_KAFKA_VTYPE_##TYPE;                                                                    \
    arguments[count++].u.FIELD = (VALUE)
#define PNL_BYTES(TYPE, START, LENGTH)                                                                                 \
    arguments[count].vtype = RD_KAFKA_VTYPE_##TYPE;                                                                    \
    arguments[count].u.mem.ptr = (void *)(START);                                                                      \
    arguments[count++].u.mem.size = (LENGTH)
#define PNL_HEADER(NAME, START, LENGTH)                                                                                \
    arguments[count].vtype = RD_KAFKA_VTYPE_HEADER;                                                                    \
    arguments[count].u.header.name = (NAME);                                                                           \
    arguments[count].u.header.val = (START);                                                                           \
    arguments[count++].u.header.size = (ssize_t)(LENGTH)
    PNL_ARGUMENT(RKT, rkt, topic);
    PNL_ARGUMENT(PARTITION, i32, partition);
    PNL_ARGUMENT(MSGFLAGS, i, RD_KAFKA_MSG_F_COPY);
    PNL_ARGUMENT(OPAQUE, ptr, opaque);
    PNL_BYTES(KEY, record->key, record->key_length);
    PNL_BYTES(VALUE, record->value, record->value_length);
    PNL_HEADER("ce_specversion", "1.0", 3);
    PNL_HEADER("ce_id", record->id, record->id_length);
    PNL_HEADER("ce_type", record->type, record->type_length);
    PNL_HEADER("ce_source", record->source, record->source_length);
    PNL_HEADER("ce_time", record->time, record->time_length);
    if (record->trace_parent) {
        PNL_HEADER("traceparent", record->trace_parent, record->trace_parent_length);
    }
#undef PNL_ARGUMENT
#undef PNL_BYTES
#undef PNL_HEADER
    return rd_kafka_produceva(client, arguments, count);
}
