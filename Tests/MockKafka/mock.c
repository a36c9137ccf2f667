#include "MockKafka.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdlib.h>

struct mock_kafka {
    rd_kafka_t *client;
    rd_kafka_mock_cluster_t *cluster;
};

struct mock_kafka *mock_kafka_start(int broker_count) {
    char reason[256];
    struct mock_kafka *mock = calloc(1, sizeof *mock);
    if (!mock) return NULL;
    rd_kafka_conf_t *settings = rd_kafka_conf_new();
    rd_kafka_conf_set_log_cb(settings, NULL);
    mock->client = rd_kafka_new(RD_KAFKA_PRODUCER, settings, reason, sizeof reason);
    if (mock->client) mock->cluster = rd_kafka_mock_cluster_new(mock->client, broker_count);
    if (mock->cluster) return mock;
    mock_kafka_stop(mock);
    return NULL;
}

const char *mock_kafka_bootstrap_servers(const struct mock_kafka *mock) {
    return rd_kafka_mock_cluster_bootstraps(mock->cluster);
}

int mock_kafka_create_topic(struct mock_kafka *mock, const char *name, int partition_count) {
    return rd_kafka_mock_topic_create(mock->cluster, name, partition_count, 1);
}

void mock_kafka_push_errors(struct mock_kafka *mock, enum mock_kafka_request request, int error, size_t count) {
    for (size_t index = 0; index < count; index++) {
        rd_kafka_mock_push_request_errors(mock->cluster, (int16_t)request, 1, (rd_kafka_resp_err_t)error);
    }
}

void mock_kafka_clear_errors(struct mock_kafka *mock, enum mock_kafka_request request) {
    rd_kafka_mock_clear_request_errors(mock->cluster, (int16_t)request);
}

void mock_kafka_set_up(struct mock_kafka *mock, int32_t number, int is_up) {
    if (is_up) {
        rd_kafka_mock_broker_set_up(mock->cluster, number);
    } else {
        rd_kafka_mock_broker_set_down(mock->cluster, number);
    }
}

void mock_kafka_set_delay(struct mock_kafka *mock, int32_t number, int milliseconds) {
    rd_kafka_mock_broker_set_rtt(mock->cluster, number, milliseconds);
}

void mock_kafka_stop(struct mock_kafka *mock) {
    if (mock->cluster) rd_kafka_mock_cluster_destroy(mock->cluster);
    if (mock->client) rd_kafka_destroy(mock->client);
    free(mock);
}

int mock_kafka_append(struct mock_kafka *mock, const char *topic, int32_t partition, const char *header,
                      const char *header_value) {
    char reason[256];
    rd_kafka_conf_t *settings = rd_kafka_conf_new();
    rd_kafka_conf_set(settings, "bootstrap.servers", mock_kafka_bootstrap_servers(mock), NULL, 0);
    rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, settings, reason, sizeof reason);
    if (!client) return -1;
    rd_kafka_resp_err_t error =
        header ? rd_kafka_producev(client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
                                   RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_VALUE("foreign", 7),
                                   RD_KAFKA_V_HEADER(header, header_value, -1), RD_KAFKA_V_END)
               : rd_kafka_producev(client, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
                                   RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_VALUE("foreign", 7),
                                   RD_KAFKA_V_END);
    if (!error) error = rd_kafka_flush(client, 10000);
    rd_kafka_destroy(client);
    return error;
}
