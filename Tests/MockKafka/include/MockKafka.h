// librdkafka's cluster inside the process, for tests of how the wrapper meets errors: Swift tests import no C library.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct mock_kafka;

/// What a request asks for, as numbered by the protocol.
enum mock_kafka_request {
    mock_kafka_produce = 0,
    mock_kafka_fetch = 1,
    mock_kafka_list_offsets = 2,
    mock_kafka_metadata = 3,
    mock_kafka_init_producer_id = 22,
};

/// Starts a cluster of that many brokers; NULL when that fails.
struct mock_kafka *mock_kafka_start(int broker_count);
/// Its addresses, as long as it runs.
const char *mock_kafka_bootstrap_servers(const struct mock_kafka *cluster);
/// Makes a topic; 0 or an error's number.
int mock_kafka_create_topic(struct mock_kafka *cluster, const char *name, int partition_count);
/// The next `count` requests of a kind get this error.
void mock_kafka_push_errors(struct mock_kafka *cluster, enum mock_kafka_request request, int error, size_t count);
/// No more errors for requests of that kind.
void mock_kafka_clear_errors(struct mock_kafka *cluster, enum mock_kafka_request request);
/// Whether broker `number`, from 1, accepts connections.
void mock_kafka_set_up(struct mock_kafka *cluster, int32_t number, int is_up);
/// Delays every answer of broker `number`.
void mock_kafka_set_delay(struct mock_kafka *cluster, int32_t number, int milliseconds);
/// Ends it.
void mock_kafka_stop(struct mock_kafka *cluster);
/// Appends a record as a stranger would, with one header or, when `header` is NULL, with none; 0 or an error's number.
int mock_kafka_append(struct mock_kafka *cluster, const char *topic, int32_t partition, const char *header,
                      const char *header_value);
